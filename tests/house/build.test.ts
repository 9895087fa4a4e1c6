import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(__dirname, '../..');

describe('the build', () => {
  it('leaves nothing behind of a source that is gone: an upgrade would run it', () => {
    const compiled = ['src', 'packages', 'jobs', 'config'].flatMap((folder) =>
      readdirSync(join(root, 'dist', folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !entry.parentPath.includes('assets'))
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'dist').length + 1, -3)),
    );
    expect(compiled.length).toBeGreaterThan(100);
    expect(compiled.filter((file) => !existsSync(join(root, `${file}.ts`)) && !existsSync(join(root, `${file}.tsx`)))).toEqual([]);
  });
});
