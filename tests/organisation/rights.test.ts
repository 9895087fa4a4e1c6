import { describe, expect, it } from '@jest/globals';
import { type Action, type Actor, may, type Reach, reaches, type Scope } from '../../src/organisation/may';
import { type Role, roles } from '../../src/organisation/roles';
import { actions } from '../../src/readings';

const actor: Omit<Actor, 'roles'> = { memberId: 'M0001', sector: 'education', groups: ['g1'], committees: ['c1'] };
/** Somebody else's thing, near enough for exactly one reach. */
const near: Readonly<Record<Reach, Scope>> = {
  own: { memberId: 'M0001', sector: 'health', group: 'g2', committee: 'c2' },
  sector: { memberId: 'M0002', sector: 'education', group: 'g2', committee: 'c2' },
  group: { memberId: 'M0002', sector: 'health', group: 'g1', committee: 'c2' },
  committee: { memberId: 'M0002', sector: 'health', group: 'g2', committee: 'c1' },
  body: { memberId: 'M0002', sector: 'health', group: 'g2', committee: 'c2' },
};
const can = (each: Action, role: Role, reach: Reach): boolean => may(each, { ...actor, roles: [role] }, near[reach]);
const named = (name: string): Action => {
  const found = actions.find(({ action }) => action.name === name)?.action;
  if (!found) throw new Error(`no action is called ${name}`);
  return found;
};

describe('the table of rights: every action × role × scope', () => {
  it('gives each role what is declared for it, that far and no further, and its own', () => {
    for (const { action } of actions)
      for (const role of roles)
        for (const reach of reaches) {
          const granted = action.grants[role];
          const expected = granted !== undefined && (granted === 'body' || granted === reach || reach === 'own');
          expect([action.name, role, reach, can(action, role, reach)]).toEqual([action.name, role, reach, expected]);
        }
  });

  it('is open at the router to exactly those who have any reach at all', () => {
    for (const { action } of actions)
      for (const role of roles)
        expect([action.name, role, may(action, { ...actor, roles: [role] })]).toEqual([
          action.name,
          role,
          action.grants[role] !== undefined,
        ]);
  });

  it('lets the auditor read and change nothing', () => {
    const open = actions.filter(({ action }) => action.grants.auditor).map(({ action }) => action.name);
    expect(open.filter((name) => !/\.(see|see_open|see_totals|see_binding|list)$/.test(name))).toEqual([]);
    expect(open).toEqual(expect.arrayContaining(['progress.see', 'feedback.list']));
  });

  it('takes two people without a sector for no colleagues', () => {
    const officer: Actor = { memberId: 'S0009', sector: null, roles: ['convener'] };
    expect(may(named('progress.see'), officer, { memberId: 'S0001', sector: null })).toBe(false);
    expect(may(named('progress.see'), { ...officer, roles: ['staff'] }, { memberId: 'S0001', sector: null })).toBe(true);
  });

  it('adds up over several roles', () => {
    const both: Actor = { ...actor, roles: ['member', 'convener'] };
    expect(may(named('progress.see_open'), both, near.sector)).toBe(true);
    expect(may(named('progress.see_open'), both, near.body)).toBe(false);
  });

  it('is printed', () => {
    const letter = (action: Action, role: Role): string =>
      ({ own: 'o', sector: 's', group: 'g', committee: 'c', body: 'B' })[action.grants[role] ?? 'own'];
    const line = (action: Action): string => roles.map((role) => (action.grants[role] ? letter(action, role) : '·').padEnd(4)).join('');
    const head = `${''.padEnd(26)}${roles.map((role) => role.slice(0, 3).padEnd(4)).join('')}`;
    const rows = actions.map(({ action }) => `${action.name.padEnd(26)}${line(action)}`);
    process.stdout.write(`${['o own  s sector  g group  c committee  B body', head, ...rows].join('\n')}\n`);
    expect(new Set(actions.map(({ action }) => action.name)).size).toBe(actions.length);
  });
});
