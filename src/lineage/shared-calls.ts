/** Statements under way at a time: while they run, the next one fills up. Two keep server and client busy at once. */
const maxUnderWay = 2;

interface Waiting<I, O> {
  input: I;
  resolve: (output: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers questions that are asked at the same time by one call: planning, transport and transaction of a statement
 * cost several times what a small read itself does. A question never joins a call that has started already, so every
 * answer is at least as new as its question.
 */
export class SharedCalls<I, O> {
  private readonly waiting: Waiting<I, O>[] = [];
  private underWay = 0;
  private scheduled = false;

  /**
   * @param run the answers in the order of the inputs
   * @param maxInputs more than these wait for the next call
   */
  constructor(
    private readonly run: (inputs: readonly I[]) => Promise<readonly O[]>,
    private readonly maxInputs: number,
  ) {}

  call(input: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0 || this.underWay >= maxUnderWay) return;
    this.scheduled = true;
    // After the sockets that are readable now have been read, so that their requests come along.
    setImmediate(() => {
      this.scheduled = false;
      void this.send(this.waiting.splice(0, this.maxInputs));
      this.schedule();
    });
  }

  private async send(batch: readonly Waiting<I, O>[]): Promise<void> {
    this.underWay += 1;
    try {
      const outputs = await this.run(batch.map(({ input }) => input));
      if (outputs.length !== batch.length) throw new Error('a shared call left questions unanswered');
      for (const [position, output] of outputs.entries()) batch[position]?.resolve(output);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.underWay -= 1;
      this.schedule();
    }
  }
}
