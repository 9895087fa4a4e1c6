import { type ApiAnswer, failure, success } from './api-answer';
import type { SimulatorOptions } from './options';

type Query = Record<string, string>;

const wholeCompany = 1;

const detailsOf = ({ userId, name }: SimulatorOptions['people'][number]) => ({
  userid: userId,
  name,
  department: [wholeCompany],
  order: [0],
  position: '',
  is_leader_in_dept: [0],
  direct_leader: [],
  alias: '',
  main_department: wholeCompany,
  status: 1,
});

/** The company's address book as the app may read it: one department with everybody who is in the app's range. */
export class AddressBook {
  private readonly outside: ReadonlySet<string>;

  constructor(private readonly options: Pick<SimulatorOptions, 'people' | 'app' | 'outside' | 'title'>) {
    this.outside = new Set(options.outside);
  }

  /** GET /cgi-bin/agent/get */
  agent({ agentid }: Query): ApiAnswer {
    if (agentid !== String(this.options.app.agentId)) return failure(301002);
    const parties = this.inside().length > 0 ? [wholeCompany] : [];
    const range = { allow_userinfos: { user: [] }, allow_partys: { partyid: parties }, allow_tags: { tagid: [] } };
    return success({ agentid: Number(agentid), name: this.options.title ?? '', close: 0, redirect_domain: '127.0.0.1', ...range });
  }

  /** GET /cgi-bin/department/simplelist */
  departments({ id }: Query): ApiAnswer {
    return id === undefined || id === String(wholeCompany)
      ? success({ department_id: [{ id: wholeCompany, parentid: 0, order: 1 }] })
      : failure(60003);
  }

  /** GET /cgi-bin/department/get */
  department({ id }: Query): ApiAnswer {
    return id === String(wholeCompany) ? success({ department: { id: wholeCompany, name: this.options.title ?? '' } }) : failure(60003);
  }

  /** GET /cgi-bin/user/simplelist: one department, not what is below. */
  members({ department_id: id }: Query): ApiAnswer {
    if (id !== String(wholeCompany)) return failure(60003);
    return success({ userlist: this.inside().map(({ userId, name }) => ({ userid: userId, name, department: [wholeCompany] })) });
  }

  /** GET /cgi-bin/user/get: no phone, mail or picture for an app made after 2022. */
  user({ userid = '' }: Query): ApiAnswer {
    const person = this.options.people.find(({ userId }) => userId.toLowerCase() === userid.toLowerCase());
    if (!person) return failure(60111);
    if (this.outside.has(person.userId)) return failure(60011);
    return success(detailsOf(person));
  }

  /** GET /cgi-bin/agent/list */
  agents(): ApiAnswer {
    const { app, title } = this.options;
    return success({ agentlist: [{ agentid: Number(app.agentId), name: title ?? '', square_logo_url: '' }] });
  }

  /** GET /cgi-bin/department/list: with everything below. */
  departmentTree({ id }: Query): ApiAnswer {
    if (id !== undefined && id !== String(wholeCompany)) return failure(60003);
    const company = { id: wholeCompany, name: this.options.title ?? '', name_en: '', department_leader: [], parentid: 0, order: 1 };
    return success({ department: [company] });
  }

  /** GET /cgi-bin/user/list */
  membersInDetail({ department_id: id }: Query): ApiAnswer {
    return id === String(wholeCompany) ? success({ userlist: this.inside().map(detailsOf) }) : failure(60003);
  }

  /** POST /cgi-bin/user/list_id: only the secret of the contact-sync helper may; the app's is refused, as documented. */
  memberIds(_body: Record<string, unknown>): ApiAnswer {
    return failure(48002);
  }

  /** Whether the member is in the app's visible range. */
  sees(userId: string): boolean {
    return this.inside().some((person) => person.userId === userId);
  }

  private inside(): SimulatorOptions['people'] {
    return this.options.people.filter(({ userId }) => !this.outside.has(userId));
  }
}
