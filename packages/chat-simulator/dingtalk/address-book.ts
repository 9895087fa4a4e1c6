import type { Person } from '../options';
import { type ApiAnswer, oldFailure, oldSuccess } from './api-answer';

export interface Department {
  /** 1 is the organisation itself. */
  id: number;
  name: string;
  /** The one above; absent for 1 alone. */
  parent?: number;
  userIds: readonly string[];
}

/** What the app may read: departments with all below them, and people one by one. */
export interface VisibleRange {
  departments: readonly number[];
  people: readonly string[];
}

type Body = Record<string, unknown>;

export const wholeOrganisation = 1;
const mostPerPage = 100;
const noSuchUser = (): ApiAnswer => oldFailure(60121, '找不到该用户');
const noSuchDepartment = (): ApiAnswer => oldFailure(60003, '部门不存在');
const notInRange = (what: 'user' | 'department'): ApiAnswer =>
  what === 'user' ? oldFailure(50002, '企业中的员工不在授权范围') : oldFailure(50004, '企业中的部门不在授权范围');

interface BookParts {
  /** Everybody in the organisation; whoever joins or leaves comes into it and out of it. */
  people: readonly Person[];
  departments: Map<number, Department>;
  range: VisibleRange;
  /** The app has no permission to read the address book. */
  denied: boolean;
}

/** The organisation's address book as an internal app may read it, level by level and page by page. */
export class AddressBook {
  constructor(private readonly parts: BookParts) {}

  /** GET /auth/scopes */
  scopes(): ApiAnswer {
    const { departments, people } = this.parts.range;
    return this.allowed(() => oldSuccess({ auth_org_scopes: { authed_dept: departments, authed_user: people } }));
  }

  /** POST /topapi/v2/user/get */
  user({ userid }: Body): ApiAnswer {
    return this.allowed(() => {
      const person = this.parts.people.find(({ userId }) => userId === userid);
      if (!person) return noSuchUser();
      if (!this.visible().has(person.userId)) return notInRange('user');
      const { userId, name } = person;
      const dept_id_list = this.all().flatMap(({ id, userIds }) => (userIds.includes(userId) ? [id] : []));
      return oldSuccess({ result: { userid: userId, unionid: `union-${userId}`, name, dept_id_list, active: true, admin: false } });
    });
  }

  /** POST /topapi/v2/department/get */
  department({ dept_id: id }: Body): ApiAnswer {
    return this.inDepartment(id, ({ id: dept_id, name, parent: parent_id }) => oldSuccess({ result: { dept_id, name, parent_id } }));
  }

  /** POST /topapi/v2/department/listsub: one level. */
  below({ dept_id: id = wholeOrganisation }: Body): ApiAnswer {
    return this.inDepartment(id, ({ id: parent_id }) => {
      const found = this.all().filter(({ parent }) => parent === parent_id);
      return oldSuccess({ result: found.map(({ id: dept_id, name }) => ({ dept_id, name, parent_id })) });
    });
  }

  /** POST /topapi/user/listsimple: one department, not what is below. */
  members({ dept_id: id, cursor, size }: Body): ApiAnswer {
    return this.inDepartment(id, ({ userIds }) => {
      const [from, count] = [Number(cursor), Number(size)];
      const sound = Number.isInteger(from) && from >= 0 && Number.isInteger(count) && count >= 1 && count <= mostPerPage;
      if (!sound) return oldFailure(400002, '无效的参数');
      const list = userIds
        .slice(from, from + count)
        .map((userid) => ({ userid, name: this.parts.people.find(({ userId }) => userId === userid)?.name ?? '' }));
      const more = from + count < userIds.length;
      return oldSuccess({ result: { list, has_more: more, ...(more ? { next_cursor: from + count } : {}) } });
    });
  }

  private all(): Department[] {
    return [...this.parts.departments.values()];
  }

  private inDepartment(asked: unknown, answer: (department: Department) => ApiAnswer): ApiAnswer {
    return this.allowed(() => {
      const department = this.parts.departments.get(Number(asked));
      if (!department) return noSuchDepartment();
      return this.reached().has(department.id) ? answer(department) : notInRange('department');
    });
  }

  private allowed(answer: () => ApiAnswer): ApiAnswer {
    if (!this.parts.denied) return answer();
    const words = '应用尚未开通所需的权限：[qyapi_get_department_list,qyapi_get_member]';
    return { status: 200, json: { errcode: 88, errmsg: 'ding talk error', sub_code: '60011', sub_msg: words } };
  }

  /** The departments of the range and everything below them. */
  private reached(): Set<number> {
    const { departments, range } = this.parts;
    const reached = new Set(range.departments);
    // Each round reaches one level more.
    for (let size = -1; size !== reached.size; ) {
      size = reached.size;
      for (const { id, parent } of departments.values()) if (parent !== undefined && reached.has(parent)) reached.add(id);
    }
    return reached;
  }

  private visible(): Set<string> {
    const reached = this.reached();
    const within = this.all().filter(({ id }) => reached.has(id));
    return new Set([...this.parts.range.people, ...within.flatMap(({ userIds }) => userIds)]);
  }
}
