import type { Group, Person } from '../options';
import { type Department, wholeOrganisation } from './address-book';
import type { StreamEvent } from './stream-robot';

interface Parts {
  people: Person[];
  groups: readonly Group[];
  departments: Map<number, Department>;
  /** Tells the application; resolves with its ack, null without one. */
  tell: (event: StreamEvent) => Promise<string | null>;
}

/**
 * What the organisation's administrator does in the console. Every change is told to the application as the platform tells it,
 * by whichever way events come, and resolves with the status of that event's ack.
 */
export class Personnel {
  constructor(private readonly parts: Parts) {}

  /** Somebody joins the organisation. */
  async join(person: Person, department = wholeOrganisation): Promise<string | null> {
    const { people } = this.parts;
    if (people.some(({ userId }) => userId === person.userId)) throw new Error(`${person.userId} is there already`);
    people.push(person);
    this.place(person.userId, [department]);
    return this.user('user_add_org', person.userId);
  }

  async rename(userId: string, name: string): Promise<string | null> {
    const { people } = this.parts;
    const at = this.indexOf(userId);
    people.splice(at, 1, ...people.slice(at, at + 1).map((person) => ({ ...person, name })));
    return this.user('user_modify_org', userId);
  }

  async move(userId: string, departments: readonly number[]): Promise<string | null> {
    this.indexOf(userId);
    this.place(userId, departments);
    return this.user('user_modify_org', userId);
  }

  /** Whoever leaves the organisation leaves its groups too. */
  async leave(userId: string): Promise<string | null> {
    const { people, groups } = this.parts;
    people.splice(this.indexOf(userId), 1);
    this.place(userId, []);
    for (const group of groups) group.members = group.members.filter((each) => each !== userId);
    return this.user('user_leave_org', userId);
  }

  async openDepartment(id: number, name: string, parent = wholeOrganisation): Promise<string | null> {
    if (this.parts.departments.has(id)) throw new Error(`department ${id} is there already`);
    this.parts.departments.set(id, { id, name, parent, userIds: [] });
    return this.department('org_dept_create', id);
  }

  async renameDepartment(id: number, name: string): Promise<string | null> {
    this.parts.departments.set(id, { ...this.departmentOf(id), name });
    return this.department('org_dept_modify', id);
  }

  /** As in the console: only an empty one can be closed. */
  async closeDepartment(id: number): Promise<string | null> {
    const { departments } = this.parts;
    const used = this.departmentOf(id).userIds.length > 0 || [...departments.values()].some(({ parent }) => parent === id);
    if (used) throw new Error(`department ${id} is not empty`);
    departments.delete(id);
    return this.department('org_dept_remove', id);
  }

  private place(userId: string, where: readonly number[]): void {
    const { departments } = this.parts;
    where.forEach((id) => this.departmentOf(id));
    for (const [id, department] of departments) {
      const others = department.userIds.filter((each) => each !== userId);
      departments.set(id, { ...department, userIds: where.includes(id) ? [...others, userId] : others });
    }
  }

  private indexOf(userId: string): number {
    const at = this.parts.people.findIndex((one) => one.userId === userId);
    if (at < 0) throw new Error(`there is nobody called ${userId}`);
    return at;
  }

  private departmentOf(id: number): Department {
    const department = this.parts.departments.get(id);
    if (!department) throw new Error(`there is no department ${id}`);
    return department;
  }

  private user(eventType: string, userId: string): Promise<string | null> {
    return this.parts.tell({ eventType, data: { userId: [userId] } });
  }

  private department(eventType: string, id: number): Promise<string | null> {
    return this.parts.tell({ eventType, data: { deptId: [id] } });
  }
}
