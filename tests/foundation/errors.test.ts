import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commonTexts } from '../../src/chat/texts';
import { errorCatalogue } from '../../src/foundation/errors';

const root = join(__dirname, '../..');
const source = ['src', 'jobs', 'config']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && entry.name !== 'errors.ts')
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

describe('the error catalogue', () => {
  it.each(Object.entries(errorCatalogue))(
    '%s has a sentence for the user, advice for the operator, and is used',
    (code, { say, advice }) => {
      expect(Object.keys(commonTexts)).toContain(say);
      expect(advice).toMatch(/\p{Script=Han}{8}|\p{Script=Han}.{15}/u);
      expect(source.includes(`'${code}'`)).toBe(true);
    },
  );
});
