import { describe, expect, test } from '@jest/globals';
import { type DemoSeed, generateHistory, generatePeople } from '../../src/demo/generate';
import { knownNames } from '../../src/demo/people';
import { addDays, quarterOf } from '../../src/foundation/day';

const generateDemo = (when: DemoSeed) => {
  const who = generatePeople(when);
  return { ...who, ...generateHistory(who.people, when) };
};
const today = '2026-11-23';
const demo = generateDemo({ today, seed: 7 });
const members = demo.people.filter(({ sector }) => sector !== null);
const having = (role: string) => demo.people.filter(({ roles }) => roles.some((each) => each === role));

describe('the demo organisation', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(generateDemo({ today, seed: 7 })).toEqual(demo);
    expect(generateDemo({ today, seed: 8 }).people).not.toEqual(demo.people);
  });

  test('keeps names, user ids and groups from one day to the next', () => {
    const later = generateDemo({ today: '2027-02-01', seed: 7 });
    const who = ({ people }: typeof demo) => people.map(({ id, name, identities }) => [id, name, identities]);
    expect(who(later)).toEqual(who(demo));
    expect(later.groups).toEqual(demo.groups);
  });

  test('has 320 members in the seats of the 34 sectors, 62 of them standing', () => {
    expect(demo.body.sectors).toHaveLength(34);
    expect(members).toHaveLength(320);
    for (const { code, seats } of demo.body.sectors) expect(members.filter(({ sector }) => sector === code)).toHaveLength(seats);
    expect(members.filter(({ standing }) => standing)).toHaveLength(62);
  });

  test('has its offices filled', () => {
    expect(having('convener')).toHaveLength(34);
    expect(having('liaison_officer')).toHaveLength(26);
    expect(having('committee_director')).toHaveLength(10);
    expect(having('deputy_director')).toHaveLength(18);
    expect(having('staff')).toHaveLength(6);
    expect(having('administrator')).toHaveLength(1);
    expect(having('convener').map(({ name }) => name)).toEqual(expect.arrayContaining(['韩立舟', '马振川']));
  });

  test('has the known people in their sectors, and nobody of the same name or user id twice', () => {
    const sectorOf = (name: string) => members.find((each) => each.name === name)?.sector;
    expect(knownNames.map(sectorOf)).not.toContain(undefined);
    expect(sectorOf('周岚')).toBe('education');
    expect(sectorOf('顾长林')).toBe('special');
    expect(new Set(demo.people.map(({ name }) => name)).size).toBe(327);
    const userIds = demo.people.map(({ identities }) => identities[0]?.userId ?? '');
    expect(new Set(userIds).size).toBe(327);
    expect(userIds).toContain('zhoulan');
    for (const userId of userIds) expect(userId).toMatch(/^[a-z]+\d?$/);
  });

  test('has 26 sector groups of 8 to 30, a conveners’ group and one for everybody', () => {
    const sectorGroups = demo.groups.slice(0, 26);
    for (const { members: inside } of sectorGroups) {
      expect(inside.length).toBeGreaterThanOrEqual(8);
      expect(inside.length).toBeLessThanOrEqual(30);
      expect(new Set(inside).size).toBe(inside.length);
    }
    expect(demo.groups).toHaveLength(28);
    expect(new Set(demo.groups.map(({ chatId }) => chatId)).size).toBe(28);
    expect(demo.groups.at(-1)?.members).toHaveLength(326);
    const everyMember = new Set(sectorGroups.flatMap(({ members: inside }) => inside));
    for (const { identities } of members) expect(everyMember).toContain(identities[0]?.userId);
  });
});

describe('the demo’s year of contacts', () => {
  const kept = demo.records.filter(({ status }) => status === 'kept');
  const people = kept.map((record) => record.people ?? 0).toSorted((a, b) => a - b);
  const quantile = (q: number) => people[Math.floor(people.length * q)] ?? 0;

  test('ends the day before today and was entered before it', () => {
    const days = demo.records.map((record) => record.contactDate ?? '');
    expect(days.every((day) => day >= addDays(today, -366) && day < today)).toBe(true);
    expect(days.some((day) => day === addDays(today, -1))).toBe(true);
    const midnight = new Date('2026-11-23T00:00:00+08:00');
    expect(demo.records.filter(({ enteredAt }) => enteredAt >= midnight)).toEqual([]);
  });

  test('has person-times around a median of 9, a ninetieth percentile of 40 and a maximum of 210', () => {
    expect(quantile(0.5)).toBeGreaterThanOrEqual(7);
    expect(quantile(0.5)).toBeLessThanOrEqual(11);
    expect(quantile(0.9)).toBeGreaterThanOrEqual(33);
    expect(quantile(0.9)).toBeLessThanOrEqual(47);
    expect(people.at(-1)).toBe(210);
  });

  test('uses the modes by their shares', () => {
    const share = (mode: string) => kept.filter((record) => record.mode === mode).length / kept.length;
    expect(share('visit')).toBeCloseTo(0.48, 1);
    expect(share('symposium')).toBeCloseTo(0.14, 1);
    expect(share('phone')).toBeCloseTo(0.11, 1);
  });

  test('leaves some members behind in this quarter, most of them not, and three in a hundred exempt', () => {
    const active = new Set(
      kept.filter(({ contactDate }) => quarterOf(contactDate ?? '') === '2026-Q4').flatMap(({ credited }) => credited),
    );
    const behind = members.filter(({ id, exemptions }) => !active.has(id) && exemptions.length === 0);
    expect(behind.length).toBeGreaterThan(30);
    expect(behind.length).toBeLessThan(200);
    expect(behind.map(({ name }) => name)).toContain('周岚');
    expect(members.filter(({ exemptions }) => exemptions.length > 0)).toHaveLength(10);
  });

  test('says in each line what was kept', () => {
    for (const record of kept.filter(({ history }) => history.length === 0)) expect(record.text).toContain(` ${record.people}人 `);
    expect(new Set(demo.records.map(({ id }) => id)).size).toBe(demo.records.length);
  });
});

describe('the demo’s activities', () => {
  test('are four to six a year for every sector with members, none over its capacity', () => {
    for (const { code } of demo.body.sectors.filter(({ seats }) => seats > 0)) {
      const held = demo.pastActivities.filter(({ sector }) => sector === code);
      expect(held.length).toBeGreaterThanOrEqual(4);
      expect(held.length).toBeLessThanOrEqual(6);
    }
    for (const { signups, taken, capacity, endsAt } of demo.pastActivities) {
      expect(taken).toBe(signups.length);
      expect(taken / (capacity ?? 1)).toBeGreaterThanOrEqual(0.55);
      expect(taken).toBeLessThanOrEqual(capacity ?? 0);
      expect(new Set(signups.map(({ memberId }) => memberId)).size).toBe(signups.length);
      expect(endsAt < new Date('2026-11-23T00:00:00+08:00')).toBe(true);
    }
  });

  test('have three to come, the first nearly full', () => {
    expect(demo.coming.map(({ details, signedUp }) => [details.capacity, signedUp.length])).toEqual([
      [15, 13],
      [30, 18],
      [null, 9],
    ]);
    for (const { details } of demo.coming) expect(details.start > today).toBe(true);
  });
});
