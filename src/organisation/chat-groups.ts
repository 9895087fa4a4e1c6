import type { Clock } from '../foundation/clock';
import type { ChatGroups } from './chat-group';
import type { ChatGroupStore } from './chat-group-store';
import { ExpiringCache } from './expiring-cache';

/** How long a binding made by another process may stay unseen here. */
const rememberMs = 20_000;

/** Bindings of work groups. What every message of a group asks is remembered for a short while. */
export function createChatGroups(store: ChatGroupStore, clock: Clock): ChatGroups {
  const known = new ExpiringCache<object>(clock, rememberMs, 5_000);
  const keyOf = (...parts: string[]): string => JSON.stringify(parts);
  return {
    binding: (body, platform, chatId) => store.binding(body, platform, chatId),
    known: (body) => store.known(body),
    groupsOf: (body, sector) => store.groupsOf(body, sector),
    async bind(body, binding, made) {
      await store.bind(body, binding, made);
      known.clear();
    },
    async unbind(body, platform, chatId, made) {
      const changed = await store.unbind(body, platform, chatId, made);
      known.clear();
      return changed;
    },
    async mayHint(body, platform, chatId, eventKey) {
      const hinted = { hint: false };
      await known.get(keyOf(body, platform, chatId), async () => {
        hinted.hint = await store.hintedBy(body, platform, chatId, eventKey);
        return hinted.hint ? null : {};
      });
      return hinted.hint;
    },
  };
}
