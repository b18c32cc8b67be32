/** The rule in brackets with which the guard refused what was tried, or 'accepted'. Any other error is thrown. */
export async function findGuardRule(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return 'accepted';
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    const rule = /\[(guard\.[a-z]+)\]/.exec(text)?.[1];
    if (rule === undefined) throw error;
    return rule;
  }
}
