import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { type Directory, DirectoryRefused, type Looked, paced, readAs, type VisibleRange } from '../directory';
import type { SharedToken } from '../shared-token';
import { callOldAsApp } from './api';
import type { DingtalkOptions } from './options';

const id = z.coerce.string();
// Some official samples show booleans as text.
const flag = z.union([z.boolean(), z.string().transform((text) => text === 'true')]);
const userShape = z.object({
  result: z.object({ userid: z.string(), name: z.string().default(''), dept_id_list: z.array(id).default([]), active: flag.default(true) }),
});
const scopesShape = z.object({
  auth_org_scopes: z.object({ authed_dept: z.array(id).default([]), authed_user: z.array(z.string()).default([]) }),
});
const departmentsShape = z.object({ result: z.array(z.object({ dept_id: id, name: z.string().default('') })).default([]) });
const departmentShape = z.object({ result: z.object({ name: z.string().default('') }) });
const usersShape = z.object({
  result: z.object({
    list: z.array(z.object({ userid: z.string() })).default([]),
    has_more: flag.default(false),
    next_cursor: z.coerce.number().optional(),
  }),
});
const found = z.object({ result: z.object({ userid: z.string() }) });

/** 60121 and 33012: nobody of that id. 50002: outside the app's range of the address book. */
const unknownUser = new Set(['60121', '33012', '40103']);
const outsideRange = new Set(['50002', '50004']);
const pageSize = 100;
/** A whole province has fewer; beyond it something goes round in circles. */
const mostPages = 1_000;

/** The address book as an internal app may read it: its range, the departments in it level by level, their people page by page. */
export class DingtalkDirectory implements Directory {
  constructor(
    private readonly options: Pick<DingtalkOptions, 'sessionBase'>,
    private readonly tokens: SharedToken,
  ) {}

  async user(userId: string): Promise<Looked> {
    try {
      const { result } = readAs(
        userShape,
        await this.post('/topapi/v2/user/get', { userid: userId, language: 'zh_CN' }),
        '/topapi/v2/user/get',
      );
      const { userid, name, dept_id_list: departments, active } = result;
      return { kind: 'user', user: { userId: userid, name, departments, active } };
    } catch (error) {
      if (error instanceof DirectoryRefused && unknownUser.has(error.code)) return { kind: 'unknown' };
      if (error instanceof DirectoryRefused && outsideRange.has(error.code)) return { kind: 'outside' };
      throw error;
    }
  }

  /** The user id behind a unionId; null for nobody of this organisation. */
  async userIdOf(unionid: string): Promise<string | null> {
    try {
      return readAs(found, await this.post('/topapi/user/getbyunionid', { unionid }), '/topapi/user/getbyunionid').result.userid;
    } catch (error) {
      if (error instanceof DirectoryRefused && unknownUser.has(error.code)) return null;
      throw error;
    }
  }

  async visible(): Promise<VisibleRange> {
    const { auth_org_scopes: scopes } = readAs(scopesShape, await this.ask('/auth/scopes'), '/auth/scopes');
    const roots = await paced(scopes.authed_dept, async (root) => ({ id: root, name: await this.nameOf(root) }));
    const departments = await this.withAllBelow(roots);
    const members = await paced(departments, (department) => this.membersOf(department.id));
    return { userIds: [...new Set([...scopes.authed_user, ...members.flat()])], departments, incomplete: false };
  }

  private async withAllBelow(roots: VisibleRange['departments']): Promise<VisibleRange['departments']> {
    const all = new Map(roots.map((each) => [each.id, each]));
    for (let level = roots; level.length > 0; ) {
      const below = await paced(level, async (department) => {
        const answer = await this.post('/topapi/v2/department/listsub', { dept_id: Number(department.id) });
        return readAs(departmentsShape, answer, 'listsub').result.map((each) => ({ id: each.dept_id, name: each.name }));
      });
      level = below.flat().filter((each) => !all.has(each.id));
      for (const each of level) all.set(each.id, each);
    }
    return [...all.values()];
  }

  private async nameOf(department: string): Promise<string> {
    return departmentShape.parse(await this.post('/topapi/v2/department/get', { dept_id: Number(department) })).result.name;
  }

  private async membersOf(department: string): Promise<string[]> {
    const members: string[] = [];
    let cursor = 0;
    for (let page = 0; page < mostPages; page += 1) {
      const asked = { dept_id: Number(department), cursor, size: pageSize };
      const {
        list,
        has_more: more,
        next_cursor: next,
      } = readAs(usersShape, await this.post('/topapi/user/listsimple', asked), '/topapi/user/listsimple').result;
      members.push(...list.map(({ userid }) => userid));
      if (!more || next === undefined || next <= cursor) break;
      cursor = next;
    }
    return members;
  }

  private post(path: string, asked: object): Promise<Record<string, unknown>> {
    return this.ask(path, JSON.stringify(asked));
  }

  private async ask(path: string, json?: string): Promise<Record<string, unknown>> {
    const result = await callOldAsApp(this.tokens, new URL(path, this.options.sessionBase), json);
    if (result.kind === 'done') return result.answer;
    if (result.kind === 'refused') throw new DirectoryRefused(result.code, result.words ?? '');
    throw new AppError('PLATFORM_UNREACHABLE', `${path}: ${result.code}`);
  }
}
