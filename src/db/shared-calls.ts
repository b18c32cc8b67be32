import { AppError } from '../errors.js';
import { Gathering } from './gathering.js';
import { translateError } from './translate-error.js';

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
  private readonly gathering: Gathering;

  /**
   * @param run the answers in the order of the inputs
   * @param limits more than `maxInputs` wait for the next call
   */
  constructor(
    private readonly run: (inputs: readonly I[]) => Promise<readonly O[]>,
    { maxInputs }: { maxInputs: number },
  ) {
    this.gathering = new Gathering(
      () => this.waiting.length,
      () => this.answer(this.waiting.splice(0, maxInputs)),
    );
  }

  call(input: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.gathering.arrived();
    });
  }

  /**
   * A record that cannot be read fails its own callers only: what fails together is asked again one by one, unless the
   * error is about none of them, as when the database is away.
   * @returns what tells the callers
   */
  private async answer(batch: readonly Waiting<I, O>[]): Promise<() => void> {
    try {
      const outputs = await this.run(batch.map(({ input }) => input));
      if (outputs.length !== batch.length) throw new Error('a shared call left questions unanswered');
      return () => {
        for (const [position, output] of outputs.entries()) batch[position]?.resolve(output);
      };
    } catch (error) {
      const isCommon = translateError(error) instanceof AppError;
      if (batch.length === 1 || isCommon) return () => batch.forEach(({ reject }) => reject(error));
      for (const one of batch) (await this.answer([one]))();
      return () => undefined;
    }
  }
}
