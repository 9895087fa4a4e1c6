import type { DingtalkApi } from './dingtalk-api';
import type { WecomApi } from './wecom-api';

interface Company {
  /** Department id → its name, the one above, and who is in it. */
  departments: Record<string, { name: string; above?: string; people: string[] }>;
  /** The app's visible range. */
  range: { departments: string[]; people: string[]; tags?: string[] };
  /** People whom the app may not see. */
  outside: string[];
}

/** The committee's office, a sector below it, and one person seen by name only. */
export const company = (): Company => ({
  departments: {
    '1': { name: '云川政协', people: ['GaoWenzheng'] },
    '2': { name: '教育界', above: '1', people: ['zhoulan', 'hejingshu'] },
    '3': { name: '医药卫生界', above: '2', people: ['xuzhixia', 'zhoulan'] },
    '9': { name: '后勤', people: ['hidden'] },
  },
  range: { departments: ['1'], people: ['mazhenchuan'] },
  outside: ['hidden', 'guchanglin'],
});

const below = ({ departments }: Company, root: string): string[] => [
  root,
  ...Object.keys(departments).flatMap((id) => (departments[id]?.above === root ? below({ departments } as Company, id) : [])),
];
const everybody = ({ departments, range }: Company): string[] => [
  ...range.people,
  ...Object.values(departments).flatMap(({ people }) => people),
];

/** Lets the scripted WeCom API answer for the company; `page` is a department's list at once, as there. */
export function playWecomCompany(api: WecomApi, of: Company, agent: Record<string, unknown> = {}): void {
  const reached = new Set(of.range.departments.flatMap((root) => below(of, root)));
  const told = (id: string | null) => (id !== null && reached.has(id) ? of.departments[id] : undefined);
  const denied = { errcode: 60011, errmsg: 'no privilege to access/modify contact/party/agent' };
  api.script['/cgi-bin/agent/get'] = [
    {
      errcode: 0,
      agentid: 1000002,
      name: '连心桥',
      close: 0,
      redirect_domain: 'lxq.example.test',
      allow_userinfos: { user: of.range.people.map((userid) => ({ userid })) },
      allow_partys: { partyid: of.range.departments.map(Number) },
      allow_tags: { tagid: (of.range.tags ?? []).map(Number) },
      ...agent,
    },
  ];
  api.script['/cgi-bin/department/simplelist'] = [
    ({ query }) => {
      const ids = told(query.get('id')) ? below(of, query.get('id') ?? '') : null;
      return ids ? { errcode: 0, department_id: ids.map((id) => ({ id: Number(id), parentid: 0, order: 1 })) } : denied;
    },
  ];
  api.script['/cgi-bin/department/get'] = [
    ({ query }) => (told(query.get('id')) ? { errcode: 0, department: { name: told(query.get('id'))?.name } } : denied),
  ];
  api.script['/cgi-bin/user/simplelist'] = [
    ({ query }) => {
      const department = told(query.get('department_id'));
      return department ? { errcode: 0, userlist: department.people.map((userid) => ({ userid, name: userid, department: [1] })) } : denied;
    },
  ];
  api.script['/cgi-bin/user/get'] = [
    ({ query }) => {
      const userid = query.get('userid') ?? '';
      if (of.outside.includes(userid)) return denied;
      const known = everybody(of).some((each) => each.toLowerCase() === userid.toLowerCase());
      return known
        ? { errcode: 0, userid, name: `${userid}!`, department: [2], status: 1 }
        : { errcode: 60111, errmsg: 'userid not found' };
    },
  ];
}

/** The same of DingTalk, whose lists come in pages of two here. */
export function playDingtalkCompany(api: DingtalkApi, of: Company): void {
  api.script['/auth/scopes'] = [
    { json: { errcode: 0, auth_org_scopes: { authed_dept: of.range.departments.map(Number), authed_user: of.range.people } } },
  ];
  api.script['/topapi/v2/department/get'] = [
    ({ json }) => ({ json: { errcode: 0, result: { name: of.departments[String(json['dept_id'])]?.name } } }),
  ];
  api.script['/topapi/v2/department/listsub'] = [
    ({ json }) => {
      const found = Object.entries(of.departments).filter(([, { above }]) => above === String(json['dept_id']));
      return { json: { errcode: 0, result: found.map(([id, { name }]) => ({ dept_id: Number(id), name, parent_id: json['dept_id'] })) } };
    },
  ];
  api.script['/topapi/user/listsimple'] = [
    ({ json }) => {
      const people = of.departments[String(json['dept_id'])]?.people ?? [];
      const from = Number(json['cursor']);
      const list = people.slice(from, from + 2).map((userid) => ({ userid, name: userid }));
      const more = from + 2 < people.length;
      return { json: { errcode: 0, result: { list, has_more: more, ...(more ? { next_cursor: from + 2 } : {}) } } };
    },
  ];
  api.script['/topapi/v2/user/get'] = [
    ({ json }) => {
      const userid = String(json['userid']);
      if (of.outside.includes(userid)) return { json: { errcode: 50002, errmsg: '企业中的员工不在授权范围' } };
      if (!everybody(of).includes(userid)) return { json: { errcode: 60121, errmsg: '找不到该用户' } };
      return { json: { errcode: 0, result: { userid, name: `${userid}!`, dept_id_list: [2, 3], active: 'true', unionid: 'u1' } } };
    },
  ];
}
