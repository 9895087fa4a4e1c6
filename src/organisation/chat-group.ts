import type { Platform } from './member';

/** 群绑定: which sectors a work group belongs to. */
export interface GroupBinding {
  platform: Platform;
  chatId: string;
  /** Codes of sectors; empty for a group of the whole body. */
  sectors: string[];
}

/** What other rooms may ask of work groups. Every call names the body first. */
export interface ChatGroups {
  binding(body: string, platform: Platform, chatId: string): Promise<GroupBinding | null>;
  /** Every group in which somebody has spoken; `sectors` is null for one that is not bound. */
  known(body: string): Promise<(Omit<GroupBinding, 'sectors'> & { sectors: string[] | null })[]>;
  /** Groups to which what concerns a sector is told; null asks for those of the whole body. */
  groupsOf(body: string, sector: string | null): Promise<GroupBinding[]>;
  /** Replaces what the group was bound to. */
  bind(body: string, binding: GroupBinding, made: { by: string; at: Date }): Promise<void>;
  /** False when it was not bound. */
  unbind(body: string, platform: Platform, chatId: string, made: { by: string; at: Date }): Promise<boolean>;
  /** True for the one event with which an unbound group is told, once for ever, that it may be bound. */
  mayHint(body: string, platform: Platform, chatId: string, eventKey: string): Promise<boolean>;
}
