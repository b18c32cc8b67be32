import { AppError } from '../errors.js';
import { Groups, waitFor, type Waiting } from './groups.js';
import { observed } from './observed.js';
import { translateError } from './translate-error.js';

/**
 * Answers questions that are asked at the same time by one call: planning, transport and transaction of a statement
 * cost several times what a small read itself does. A question never joins a call that has started already, so every
 * answer is at least as new as its question.
 */
export class SharedCalls<I, O> {
  private readonly groups: Groups<Waiting<I, O>>;

  /**
   * @param run the answers in the order of the inputs
   * @param limits more than `maxInputs` wait for the next call
   */
  constructor(
    private readonly run: (inputs: readonly I[]) => Promise<readonly O[]>,
    { maxInputs }: { maxInputs: number },
  ) {
    this.groups = new Groups(
      (group) => this.answer(group.filter(({ signal }) => !signal?.aborted)),
      maxInputs,
    );
  }

  call(input: I, signal: AbortSignal | null = null): Promise<O> {
    return waitFor<I, O>(input, signal, (one) => this.groups.add(one));
  }

  /**
   * A record that cannot be read fails its own callers only: what fails together is asked again one by one, unless the
   * error is about none of them, as when the database is away.
   */
  private async answer(group: readonly Waiting<I, O>[]): Promise<void> {
    if (group.length === 0) return;
    observed.emit('group', { kind: 'read', size: group.length });
    try {
      const outputs = await this.run(group.map(({ input }) => input));
      if (outputs.length !== group.length) throw new Error('a shared call left questions unanswered');
      for (const [position, output] of outputs.entries()) group[position]?.resolve(output);
    } catch (error) {
      const isCommon = translateError(error) instanceof AppError;
      if (group.length === 1 || isCommon) for (const { reject } of group) reject(error);
      else for (const one of group) await this.answer([one]);
    }
  }
}
