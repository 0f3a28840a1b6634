import { APP, channelsOf, shortcutsOf, WORKSPACE } from './cast.ts';
import type { Clock } from './clock.ts';
import type { Person, View } from './drive.ts';
import { Messages } from './messages.ts';
import { People } from './people.ts';
import { asModal, Views } from './views.ts';
import { Workflows } from './workflows.ts';

const MOST_NOTICES = 50;

/** All that exists in the local workspace, what each person sees of it, and who wants to hear of changes. */
export class World {
  readonly messages: Messages;
  readonly views: Views;
  readonly people: People;
  readonly workflows: Workflows;
  private notices: (View['notices'][number] & { person: string })[] = [];
  private noticeCount = 0;
  private readonly watchers = new Set<() => void>();

  /** @param hasWorkflow Whether the app registered a workflow step. */
  constructor(clock: Clock, hasWorkflow: boolean) {
    const changed = () => this.changed();
    this.messages = new Messages(clock, changed);
    this.views = new Views(clock, changed);
    this.people = new People(clock, changed);
    this.workflows = new Workflows(hasWorkflow, changed);
  }

  /** Calls back after each change, until the returned function is called. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  }

  /** Tells one person something in Slack's own name. */
  notify(person: Person, channelId: string, text: string): void {
    this.noticeCount += 1;
    this.notices.push({ id: `N${this.noticeCount}`, person: person.id, channelId, text });
    this.notices = this.notices.slice(-MOST_NOTICES);
    this.changed();
  }

  /** All that this person sees. */
  viewFor(me: Person): View {
    const home = this.views.homeOf(me.id)?.shown;
    return {
      workspace: { teamId: WORKSPACE.id, name: WORKSPACE.name, appName: APP.name },
      me: this.people.asTheyStand(me),
      people: this.people.all(),
      channels: channelsOf(me),
      messages: this.messages.allFor(me),
      home: home?.type === 'home' ? home : null,
      modals: this.views.modalsOf(me.id).flatMap(asModal),
      shortcuts: shortcutsOf(me),
      workflows: this.workflows.offeredTo(me),
      executions: this.workflows.startedBy(me),
      notices: this.notices
        .filter((notice) => notice.person === me.id)
        .map(({ person: _, ...notice }) => notice),
    };
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
