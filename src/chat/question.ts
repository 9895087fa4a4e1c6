import type { z } from 'zod';
import type { KeptText } from '../foundation/kept-text';
import type { Intent } from '../reader/intent';
import type { Reading } from '../reader/reading';
import type { CommandContext, PendingQuestion, Reply } from './command';

/** The line that may be the answer. */
export interface AnswerLine {
  /** Without mentions of the bot. */
  text: KeptText;
  /** Its fields, were it said under that intent. */
  as<R extends Reading>(intent: Intent<R>): R;
}

interface Definition<Kept> {
  /** Intents of lines that mean something by themselves and may yet be about what was asked; `resume` decides. */
  also?: readonly string[];
  /** null: the line says nothing of what was asked, and is answered like any other. */
  resume(context: CommandContext, kept: Kept, line: AnswerLine): Promise<Reply | null>;
  /** Said when a line is neither an answer nor anything else: what is kept, and what is still asked. Null: there is nothing to ask any more. */
  remind(kept: Kept, context: CommandContext): string | null | Promise<string | null>;
  /** Said when the person wants no more of it (算了): what is kept all the same. Nothing else happens. */
  dropped(kept: Kept, context: CommandContext): string | Promise<string>;
}

/** A question of any feature with its form still unread. */
export interface AnyQuestion {
  readonly name: string;
  readonly also: readonly string[];
  resume(context: CommandContext, kept: unknown, line: AnswerLine): Promise<Reply | null>;
  remind(kept: unknown, context: CommandContext): string | null | Promise<string | null>;
  dropped(kept: unknown, context: CommandContext): string | Promise<string>;
}

export interface Question<Kept> extends AnyQuestion {
  /** To be put into a reply as `ask`. */
  ask(kept: Kept): PendingQuestion;
}

/** A question that any feature may ask; what was kept by an older version and no longer fits `shape` is a fault told loudly. */
export function question<Kept>(name: string, shape: z.ZodType<Kept>, definition: Definition<Kept>): Question<Kept> {
  return {
    name,
    also: definition.also ?? [],
    ask: (kept) => ({ question: name, kept }),
    resume: async (context, kept, line) => definition.resume(context, shape.parse(kept), line),
    remind: (kept, context) => definition.remind(shape.parse(kept), context),
    dropped: (kept, context) => definition.dropped(shape.parse(kept), context),
  };
}
