import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const settings = z.object({
  TORTURE_SECONDS: z.coerce.number().positive().optional(),
  TORTURE_SEED: z.coerce.number().int().optional(),
});

export interface Torture {
  /** How long it goes on. */
  seconds: number;
  /** Printed with every finding; what each actor does, and when, follows from it. */
  seed: number;
}

/** What scripts/torture.mjs asks for, else a short one. */
export function tortureSettings(seconds: number): Torture {
  const asked = settings.parse(process.env);
  return {
    seconds: asked.TORTURE_SECONDS ?? seconds,
    seed: asked.TORTURE_SEED ?? randomBytes(4).readUInt32LE(),
  };
}

/** Repeatable choices (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `below`. */
  below(below: number): number {
    return Math.floor(this.roll() * below);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** Dice of its own for another actor. */
  split(): Dice {
    return new Dice(this.below(2 ** 32));
  }
}
