import { type Role, roles } from './roles';

/** How far a right goes: what is one's own, of one's sector, group or committee, or of the whole body. */
export const reaches = ['own', 'sector', 'group', 'committee', 'body'] as const;
export type Reach = (typeof reaches)[number];

/** Which roles have a right, and how far. A role that is not named has none. */
type Grants = Readonly<Partial<Record<Role, Reach>>>;

/** Something that not everybody may do. Rights are code: they stand in the readings.ts of the feature that has the action. */
export interface Action {
  /** 'activity.create'; unique in the house (src/declared.ts refuses a second one). */
  readonly name: string;
  readonly grants: Grants;
}

export const action = (name: string, grants: Grants): Action => ({ name, grants });

/** The same reach for every role; `except` keeps out, e.g. who only reads. */
export const all = (reach: Reach, except: readonly Role[] = []): Grants =>
  Object.fromEntries(roles.filter((role) => !except.includes(role)).map((role) => [role, reach]));

/** Who acts. A person without a sector is of nobody's sector. */
export interface Actor {
  memberId: string;
  sector: string | null;
  roles: readonly Role[];
  groups?: readonly string[];
  committees?: readonly string[];
}

/** Whom or what the action is about, as far as it is known; several members of one thing make several scopes. */
export interface Scope {
  memberId?: string;
  sector?: string | null;
  group?: string | null;
  committee?: string | null;
}

const covers: Readonly<Record<Reach, (actor: Actor, scope: Scope) => boolean>> = {
  own: (actor, { memberId }) => memberId !== undefined && memberId === actor.memberId,
  sector: (actor, { sector }) => typeof sector === 'string' && sector === actor.sector,
  group: (actor, { group }) => typeof group === 'string' && (actor.groups ?? []).includes(group),
  committee: (actor, { committee }) => typeof committee === 'string' && (actor.committees ?? []).includes(committee),
  body: () => true,
};

/**
 * The one table of rights: whether `actor` may do `action` to what `scope` describes. Without a scope: whether there is
 * anything at all to which the actor may do it (the router asks so before the object is known). One's own is covered by
 * every reach.
 */
export function may({ grants }: Action, actor: Actor, scope?: Scope): boolean {
  const granted = actor.roles.flatMap((role) => grants[role] ?? []);
  if (!scope) return granted.length > 0;
  return granted.some((reach) => covers[reach](actor, scope) || covers.own(actor, scope));
}
