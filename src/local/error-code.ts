/** The `code` of an error of Node or of a package (`ENOENT`, `SQLITE_BUSY`), of whichever realm its class is. */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
