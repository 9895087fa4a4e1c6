import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type RoleBook, roleBook } from '../src/organisation/roles';

/** config/roles.yaml, checked. Throws ZodError naming the role that is missing or wrong. */
export const loadRoles = (file = join(__dirname, 'roles.yaml')): RoleBook => roleBook.parse(parse(readFileSync(file, 'utf8')));
