import { join } from 'node:path';
import { type RoleBook, roleBook } from '../src/organisation/roles';
import { readData } from './read-data';

/** config/roles.yaml, checked. Throws ZodError naming the role that is missing or wrong. */
export const loadRoles = (): RoleBook => roleBook.parse(readData(join(__dirname, 'roles')));
