import type { CompanyEvents } from './company-events';
import type { Group, Person } from './options';

interface Parts {
  people: Person[];
  groups: readonly Group[];
  events: CompanyEvents;
}

/** What the company's administrator does in the console; resolves when the application has been told, as WeCom tells it. */
export class Personnel {
  constructor(private readonly parts: Parts) {}

  /** Somebody is added to the company, inside the app's visible range. */
  async join(person: Person): Promise<void> {
    const { people, events } = this.parts;
    if (people.some(({ userId }) => same(userId, person.userId))) throw new Error(`${person.userId} is there already`);
    people.push(person);
    await events.visible('subscribe', person.userId);
    await events.changed('create_user', person.userId, { Name: person.name, Department: '1' });
  }

  async rename(userId: string, name: string): Promise<void> {
    this.replace(userId, (person) => ({ ...person, name }));
    await this.parts.events.changed('update_user', userId, { Name: name });
  }

  /** WeCom lets an id be changed once. */
  async changeId(userId: string, newUserId: string): Promise<void> {
    this.replace(userId, (person) => ({ ...person, userId: newUserId }));
    for (const group of this.parts.groups) group.members = group.members.map((each) => (each === userId ? newUserId : each));
    await this.parts.events.changed('update_user', userId, { NewUserID: newUserId });
  }

  /** Whoever leaves the company leaves its groups too. */
  async leave(userId: string): Promise<void> {
    const { people, groups, events } = this.parts;
    people.splice(this.indexOf(userId), 1);
    for (const group of groups) group.members = group.members.filter((each) => each !== userId);
    await events.visible('unsubscribe', userId);
    await events.changed('delete_user', userId);
  }

  private replace(userId: string, change: (person: Person) => Person): void {
    const at = this.indexOf(userId);
    this.parts.people.splice(at, 1, ...this.parts.people.slice(at, at + 1).map(change));
  }

  private indexOf(userId: string): number {
    const at = this.parts.people.findIndex((one) => same(one.userId, userId));
    if (at < 0) throw new Error(`there is nobody called ${userId}`);
    return at;
  }
}

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
