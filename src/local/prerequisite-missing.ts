/**
 * This machine lacks a program that is needed to start a server. The message is one sentence that says what to
 * install; a command line shows it alone and exits with `exitCode`.
 */
export class PrerequisiteMissing extends Error {
  override readonly name = 'PrerequisiteMissing';
  readonly exitCode = 2;
}
