import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { needsBuiltInStore } from '../../src/cli/built-in-store';
import { doctorTexts } from '../../src/cli/doctor-texts';
import { rosterTexts } from '../../src/cli/roster-texts';
import { cliTexts } from '../../src/cli/texts';
import { createLogger } from '../../src/foundation/logger';
import { codeEntry as dingtalkCode, knownCodes as dingtalkCodes, streamAdvice } from '../../src/transports/dingtalk/error-codes';
import { codeEntry as wecomCode, knownCodes as wecomCodes } from '../../src/transports/wecom/error-codes';

const chinese = /\p{Script=Han}/u;
const root = join(__dirname, '../..');

/** Every sentence of a file of texts, as it is written. */
const sentencesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  // A function is a sentence with gaps: what it can say stands in its source.
  if (typeof value === 'function') return [String(value)];
  return Object.values(value ?? {}).flatMap(sentencesOf);
};

/** The lines of a script that say something; what passes on another program's output is not its own. */
const printedBy = (file: string): string[] =>
  readFileSync(join(root, 'scripts', file), 'utf8')
    .split('\n')
    .filter((line) => /\b(?:say|step|SetupError|debian|write)\((?:`|'|\[)/.test(line) && !/\b(?:output|title)\b/.test(line));

describe('what operators read', () => {
  it.each(Object.entries({ doctorTexts, cliTexts, rosterTexts }))('%s is Chinese, every sentence of it', (_name, texts) => {
    const said = sentencesOf(texts);
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((sentence) => !chinese.test(sentence))).toEqual([]);
  });

  it.each(['setup.mjs', 'test.mjs'])('%s says every step in Chinese', (file) => {
    const said = printedBy(file);
    expect(said.length).toBeGreaterThan(1);
    expect(said.filter((line) => !chinese.test(line))).toEqual([]);
  });

  it('is one line where a production installation has left the built-in store out', () => {
    const missing = (): string => {
      throw new Error("Cannot find module 'lmdb'");
    };
    expect(() => needsBuiltInStore(missing)).toThrow(/^启动不了：正式安装里没有内置数据库.*npm ci/u);
    expect(() => needsBuiltInStore(() => 'found')).not.toThrow();
  });

  it('is told in Chinese what to do about a code of a platform', () => {
    const advice = [
      ...wecomCodes.map((code) => wecomCode(code)),
      ...dingtalkCodes.map((code) => dingtalkCode(code)),
      wecomCode('no'),
      dingtalkCode('no'),
    ];
    const said = [...advice.map((entry) => entry.advice), streamAdvice];
    expect(said.filter((line) => !chinese.test(line) || / the /.test(line))).toEqual([]);
  });

  it('has the advice in Chinese beside every code of ours in the log', () => {
    const lines = new PassThrough();
    const logger = createLogger('info', lines);
    logger.warn({ code: 'STORE_UNAVAILABLE' }, 'a message could not be kept');
    logger.warn({ code: '40001', advice: 'kept' }, 'its own');
    logger.warn({ code: '40001' }, 'unknown');
    const told = String(lines.read())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { advice?: string });
    expect(told.map(({ advice }) => advice)).toEqual([expect.stringContaining('MongoDB 没有及时应答'), 'kept', undefined]);
  });
});
