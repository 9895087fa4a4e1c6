import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { loadSchemes } from '../../config/load-scheme';

const rule = { metric: 'events', every: 'quarter', min: 1 };
const policy = { id: 'p', title: '联系界别群众', subject: 'member', advisory: false, rules: [rule] };
const reminders = { daysBeforeQuarterEnd: [45], lateDays: 10, gapDays: 14, perQuarter: 2, from: '09:00', to: '18:00' };
const scheme = { id: 'own', title: '联系界别群众', policies: [policy], reminders };

describe('files of schemes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'schemes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const loading = (content: object, name = 'own.yaml') => {
    writeFileSync(join(folder, name), stringify(content));
    return () => loadSchemes(folder);
  };

  it('are taken in by adding one', () => {
    expect([...loading(scheme)().keys()]).toEqual(['own']);
    expect([...loadSchemes().keys()]).toEqual(['gs-ws', 'sy', 'yb']);
  });

  it.each([
    ['a metric that nobody counts', { policies: [{ ...policy, rules: [{ ...rule, metric: 'likes' }] }] }, 'policies.0.rules.0.metric'],
    ['a quota of nothing', { policies: [{ ...policy, rules: [{ ...rule, min: 0 }] }] }, 'policies.0.rules.0.min'],
    ['a policy without rules', { policies: [{ ...policy, rules: [] }] }, 'policies.0.rules'],
    ['reminders closer than fourteen days', { reminders: { ...reminders, gapDays: 13 } }, 'reminders.gapDays'],
    ['more than two reminders a quarter', { reminders: { ...reminders, perQuarter: 3 } }, 'reminders.perQuarter'],
    ['an hour that is none', { reminders: { ...reminders, to: '25:00' } }, 'reminders.to'],
    ['reminders before nine', { reminders: { ...reminders, from: '08:00' } }, 'reminders.from'],
    ['reminders after six', { reminders: { ...reminders, to: '20:00' } }, 'reminders.to'],
    ['hours that end before they begin', { reminders: { ...reminders, from: '17:00', to: '10:00' } }, 'reminders.to'],
    ['a mode that nobody records', { policies: [{ ...policy, rules: [{ ...rule, exceptModes: ['fax'] }] }] }, 'exceptModes'],
    ['a word that is no setting', { ranking: true }, 'ranking'],
  ])('refuse %s and say where', (_what, wrong, where) => {
    expect(loading({ ...scheme, ...wrong })).toThrow(where);
  });

  it('refuse a name that is not the file’s', () => {
    expect(loading(scheme, 'other.yaml')).toThrow('id 和文件名不一致');
  });
});
