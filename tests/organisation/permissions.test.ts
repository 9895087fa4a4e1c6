import { describe, expect, it } from '@jest/globals';
import { mayCancelSignUpOf, mayCreateActivities, maySeeProgressOf, maySeeSector } from '../../src/organisation/permissions';
import { roster } from '../helpers/roster';

const named = (name: string) => roster.find((member) => member.name === name)!;
const teacher = named('周岚');
const colleague = named('何静姝');
const stranger = named('许知夏');
const office = named('高文正');

describe('who may do what', () => {
  it('lets conveners, liaison officers, directors and staff announce an activity, but no ordinary member', () => {
    for (const role of ['convener', 'liaison_officer', 'committee_director', 'deputy_director', 'staff'] as const)
      expect([role, mayCreateActivities(['member', role])]).toEqual([role, true]);
    expect(mayCreateActivities(['member'])).toBe(false);
    expect(mayCreateActivities(['administrator'])).toBe(false);
  });

  it('shows a member’s progress to the member, the own convener and staff, never to a peer or another sector’s convener', () => {
    expect(maySeeProgressOf(teacher, teacher)).toBe(true);
    expect(maySeeProgressOf(colleague, teacher)).toBe(true);
    expect(maySeeProgressOf(office, teacher)).toBe(true);
    expect(maySeeProgressOf(stranger, teacher)).toBe(false);
    expect(maySeeProgressOf(teacher, colleague)).toBe(false);
    expect(maySeeProgressOf(named('韩立舟'), teacher)).toBe(false);
  });

  it('does not take two people without a sector for colleagues', () => {
    const officer = { ...office, id: 'S0009', roles: ['convener' as const] };
    expect(maySeeProgressOf(officer, office)).toBe(false);
    expect(maySeeProgressOf({ ...officer, roles: ['staff'] }, office)).toBe(true);
  });

  it('shows a sector’s totals to its convener and to staff', () => {
    expect(maySeeSector(colleague, 'education')).toBe(true);
    expect(maySeeSector(office, 'education')).toBe(true);
    expect(maySeeSector(colleague, 'health')).toBe(false);
    expect(maySeeSector(teacher, 'education')).toBe(false);
  });

  it('lets a sign-up be taken back by the member, whoever typed it, the convener and staff', () => {
    expect(mayCancelSignUpOf(teacher, teacher, stranger.id)).toBe(true);
    expect(mayCancelSignUpOf(stranger, teacher, stranger.id)).toBe(true);
    expect(mayCancelSignUpOf(colleague, teacher, teacher.id)).toBe(true);
    expect(mayCancelSignUpOf(stranger, teacher, teacher.id)).toBe(false);
  });
});
