import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { command } from '../../src/chat/command';
import { question } from '../../src/chat/question';
import { checkActions, checkFeatures } from '../../src/declared';
import type { Feature } from '../../src/feature';
import { action, all } from '../../src/organisation/may';
import { intent } from '../../src/reader/intent';
import type { Reading } from '../../src/reader/reading';

interface Greeting extends Reading {
  intent: 'greet';
  whom: string;
}
const greet = intent<Greeting>('greet', { words: ['问候'], read: ({ body }) => ({ intent: 'greet', whom: body }) });
const everybody = action('greeting.say', all('own'));
const said = command(greet, { may: everybody, handle: async (_context, { whom }) => ({ text: whom }) });
const asked = question('greeting', z.string(), { resume: async () => null, remind: (kept) => kept, dropped: (kept) => kept });
const job = { definition: { name: 'greet-all', attempts: 1 }, uniqueId: () => 'x', run: async () => undefined };
const page = { path: '/greetings', title: '问候', may: everybody, render: async () => null as never };
const rows = async () => [];

const features = (one: Partial<Feature>, other: Partial<Feature> = one): Feature[] => [
  { name: 'first', ...one },
  { name: 'second', ...other },
];

describe('what may stand in the house only once', () => {
  it.each<[string, Partial<Feature>]>([
    ['the command greet is declared twice: by first and by second', { commands: [said] }],
    ['the question greeting is declared twice: by first and by second', { questions: [asked] }],
    ['the purpose greeting is declared twice: by first and by second', { purposes: { greeting: { called: '问候' } } }],
    ['the page /greetings is declared twice: by first and by second', { pages: [page] }],
    ['the job greet-all is declared twice: by first and by second', { jobs: [job] }],
  ])('%s', (fault, part) => {
    expect(() => checkFeatures(features(part))).toThrow(fault);
    expect(() => checkFeatures(features(part, {}))).not.toThrow();
  });

  it('refuses a feature that contributes twice to a measure; two features may share one', () => {
    const once = { measure: 'events', rows } as const;
    expect(() => checkFeatures(features({ measures: [once, once] }, {}))).toThrow(
      'the contribution to the measure events is declared twice: by first and by first',
    );
    expect(() => checkFeatures(features({ measures: [once] }))).not.toThrow();
  });

  it('refuses two actions of one name', () => {
    const two = ['first', 'second'].map((of) => ({ of, action: everybody }));
    expect(() => checkActions(two)).toThrow('the action greeting.say is declared twice: by first and by second');
  });

  it('gives a command exactly the reading its intent declares, and refuses any other', async () => {
    const context = {} as Parameters<typeof said.handle>[0];
    const reading: Greeting = { intent: 'greet', whom: '各位' };
    expect(await said.handle(context, reading)).toEqual({ text: '各位' });
    await expect(said.handle(context, { intent: 'help' })).rejects.toThrow('a command of greet was given a reading of help');
  });
});
