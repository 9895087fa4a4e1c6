import type { Day } from '../foundation/day';
import type { KeptText } from '../foundation/kept-text';
import { type Actor, may } from '../organisation/may';
import type { OpinionNote } from './note';
import { type OpinionKind, rights } from './readings';
import { fit, type NoteFault } from './rules';
import type { OpinionStore } from './store';

/** Who says something, when, and by which message. */
export interface Said {
  body: string;
  speaker: Actor;
  now: Date;
  today: Day;
  /** Key of the message: the same one again changes nothing and gives the same result. */
  source: string;
}

type Noted = { kind: 'noted'; note: OpinionNote } | { kind: 'fault'; fault: NoteFault };
type Remarked = Noted | { kind: 'none' } | { kind: 'denied' };

/** What members tell for opinion reports and proposals: taken, numbered, shown to the office and to who told it. */
export class OpinionNotes {
  constructor(private readonly store: OpinionStore) {}

  async note({ body, speaker, now, today, source }: Said, kind: OpinionKind, words: KeptText): Promise<Noted> {
    const said = fit(words);
    if ('fault' in said) return { kind: 'fault', ...said };
    const note = { body, kind, memberId: speaker.memberId, text: said.text, at: now, day: today, source, remarks: [] };
    return { kind: 'noted', note: await this.store.insert(note) };
  }

  /** What the office knows of it since, added in its own words. */
  async remark({ body, speaker, now, source }: Said, id: string, words: KeptText): Promise<Remarked> {
    const found = await this.store.byId(body, id);
    if (!found) return { kind: 'none' };
    if (!may(rights.remark, speaker, { memberId: found.memberId }) || !may(rights.list, speaker)) return { kind: 'denied' };
    const said = fit(words);
    if ('fault' in said) return { kind: 'fault', ...said };
    const note = await this.store.remark(body, id, { by: speaker.memberId, at: now, text: said.text, source });
    return note ? { kind: 'noted', note } : { kind: 'none' };
  }

  /** One of them, for whoever may see it; null for everybody else as well, so that a number tells nothing. */
  async see(body: string, viewer: Actor, id: string): Promise<OpinionNote | null> {
    const found = await this.store.byId(body, id);
    return found && may(rights.see, viewer, { memberId: found.memberId }) ? found : null;
  }

  /** A member's own, newest first. */
  mine(body: string, memberId: string, limit: number): Promise<OpinionNote[]> {
    return this.store.newest(body, limit, memberId);
  }

  /** Everybody's, newest first, and how many there are. Callers have asked `may(rights.list)`. */
  async all(body: string, limit: number): Promise<{ newest: OpinionNote[]; count: number }> {
    const [newest, count] = await Promise.all([this.store.newest(body, limit), this.store.count(body)]);
    return { newest, count };
  }
}
