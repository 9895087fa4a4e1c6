import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { type Directory, DirectoryRefused, type Looked, paced, readAs, type VisibleRange } from '../directory';
import type { AccessToken } from './access-token';
import type { ApiAnswer } from './api';
import { callAsApp } from './app-api';
import type { WecomOptions } from './options';

const id = z.coerce.string();
const userShape = z.object({
  userid: z.string(),
  name: z.string().default(''),
  department: z.array(id).default([]),
  status: z.coerce.number().optional(),
});
const agentShape = z.object({
  agentid: z.coerce.string().optional(),
  name: z.string().default(''),
  close: z.coerce.number().default(0),
  redirect_domain: z.string().default(''),
  allow_userinfos: z.object({ user: z.array(z.object({ userid: z.string() })).default([]) }).optional(),
  allow_partys: z.object({ partyid: z.array(id).default([]) }).optional(),
  allow_tags: z.object({ tagid: z.array(id).default([]) }).optional(),
});
const departmentsShape = z.object({ department_id: z.array(z.object({ id, parentid: id.optional() })).default([]) });
const departmentShape = z.object({ department: z.object({ name: z.string().default('') }) });
const listShape = z.object({ userlist: z.array(z.object({ userid: z.string() })).default([]) });
const tagShape = z.object({ userlist: z.array(z.object({ userid: z.string() })).default([]), partylist: z.array(id).default([]) });

/** 60111 and 40003: nobody of that id. 60011 and 50002: somebody outside the app's range. */
const unknownUser = new Set(['60111', '40003', '46004']);
const outsideRange = new Set(['60011', '50002', '60107']);
const inUse = 1;

interface Agent {
  name: string;
  /** True when an administrator has switched the app off. */
  closed: boolean;
  /** 可信域名: the only host whose pages may ask who is before them. */
  trustedDomain: string;
  users: string[];
  departments: string[];
  tags: string[];
}

/**
 * The address book as a self-built app may read it. `user/list_id` is for the contact-sync secret alone, so the range is
 * walked: the people and departments of the app, each department's tree, each one's members.
 */
export class WecomDirectory implements Directory {
  constructor(
    private readonly options: Pick<WecomOptions, 'app' | 'apiBase'>,
    private readonly tokens: AccessToken,
  ) {}

  /** The app as the platform knows it. Refused with 301002 or 40056 when secret and agent id are of two apps. */
  async agent(): Promise<Agent> {
    const read = readAs(agentShape, await this.get('agent/get', { agentid: this.options.app.agentId }), 'agent/get');
    return {
      name: read.name,
      closed: read.close !== 0,
      trustedDomain: read.redirect_domain,
      users: (read.allow_userinfos?.user ?? []).map(({ userid }) => userid),
      departments: read.allow_partys?.partyid ?? [],
      tags: read.allow_tags?.tagid ?? [],
    };
  }

  async user(userId: string): Promise<Looked> {
    try {
      const { userid, name, department, status } = readAs(userShape, await this.get('user/get', { userid: userId }), 'user/get');
      return { kind: 'user', user: { userId: userid, name, departments: department, active: (status ?? inUse) === inUse } };
    } catch (error) {
      if (error instanceof DirectoryRefused && unknownUser.has(error.code)) return { kind: 'unknown' };
      if (error instanceof DirectoryRefused && outsideRange.has(error.code)) return { kind: 'outside' };
      throw error;
    }
  }

  async visible(): Promise<VisibleRange> {
    const agent = await this.agent();
    const tags = await paced(agent.tags, (tag) => this.tag(tag));
    const departments = await this.trees([...agent.departments, ...tags.flatMap((tag) => tag?.departments ?? [])]);
    const members = await paced(departments, ({ id: department }) => this.membersOf(department));
    const users = [...agent.users, ...tags.flatMap((tag) => tag?.users ?? []), ...members.flat()];
    // One account may be written in two ways.
    const once = new Map(users.map((userId) => [userId.toLowerCase(), userId]));
    return { userIds: [...once.values()], departments, incomplete: tags.includes(null) };
  }

  /** The departments and everything below them, each once. */
  private async trees(roots: readonly string[]): Promise<VisibleRange['departments']> {
    const below = await paced([...new Set(roots)], async (root) => {
      const { department_id: found } = readAs(
        departmentsShape,
        await this.get('department/simplelist', { id: root }),
        'department/simplelist',
      );
      return [root, ...found.map((each) => each.id)];
    });
    return paced([...new Set(below.flat())], async (department) => ({ id: department, name: await this.nameOf(department) }));
  }

  private async nameOf(department: string): Promise<string> {
    return readAs(departmentShape, await this.get('department/get', { id: department }), 'department/get').department.name;
  }

  private async membersOf(department: string): Promise<string[]> {
    const { userlist } = readAs(listShape, await this.get('user/simplelist', { department_id: department }), 'user/simplelist');
    return userlist.map(({ userid }) => userid);
  }

  /** Null for a tag that the app may not read. */
  private async tag(tag: string): Promise<{ users: string[]; departments: string[] } | null> {
    try {
      const { userlist, partylist } = readAs(tagShape, await this.get('tag/get', { tagid: tag }), 'tag/get');
      return { users: userlist.map(({ userid }) => userid), departments: partylist };
    } catch (error) {
      if (error instanceof DirectoryRefused) return null;
      throw error;
    }
  }

  private async get(path: string, query: Record<string, string>): Promise<ApiAnswer> {
    const result = await callAsApp(this.tokens, this.options.apiBase, `/cgi-bin/${path}?${new URLSearchParams(query).toString()}`);
    if (result.kind !== 'answer') throw new AppError('PLATFORM_UNREACHABLE', `${path}: ${result.code}`);
    const { errcode = 0, errmsg = '' } = result.answer;
    if (errcode !== 0) throw new DirectoryRefused(String(errcode), errmsg.slice(0, 300));
    return result.answer;
  }
}
