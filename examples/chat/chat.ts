import type * as Swoole from 'swoole-ts';

import { Refusal } from './messages.ts';

type Member = { room: string; nickname: string };
type Outgoing = { type: string } & Record<string, unknown>;

/** The rooms: who is in them and what was said last. Plain variables: the server has one worker. */
export class Chat {
  /** How many messages a room remembers, and how many rooms there may be. */
  static readonly HISTORY = 50;
  private static readonly ROOMS = 100;

  /** fd => { room, nickname } */
  private readonly members = new Map<number, Member>();

  /** room => its last messages; a room that everybody has left is forgotten. */
  private readonly histories = new Map<string, Outgoing[]>();

  constructor(private readonly server: Swoole.WebSocket.Server) {}

  join(fd: number, room: string, nickname: string): void {
    if (this.members.has(fd)) {
      throw new Refusal('already_joined', 'Leave the room before you join another.');
    }
    this.check_nickname(fd, room, nickname);
    if (!this.histories.has(room) && this.histories.size >= Chat.ROOMS) {
      throw new Refusal('too_many_rooms', 'There are too many rooms: join one that exists.');
    }
    const history = this.histories.get(room) ?? [];
    this.histories.set(room, history);
    this.tell(room, { type: 'notice', event: 'joined', nickname });
    this.members.set(fd, { room, nickname });
    this.send(fd, { type: 'joined', room, nickname, history });
    this.tell(room, this.here(room));
  }

  say(fd: number, text: string): void {
    const member = this.member(fd);
    const said = { type: 'said', nickname: member.nickname, text, time: Date.now() };
    this.histories.set(member.room, [...(this.histories.get(member.room) ?? []), said].slice(-Chat.HISTORY));
    this.tell(member.room, said);
  }

  nick(fd: number, nickname: string): void {
    const member = this.member(fd);
    this.check_nickname(fd, member.room, nickname);
    this.members.set(fd, { room: member.room, nickname });
    this.tell(member.room, { type: 'notice', event: 'renamed', nickname, was: member.nickname });
    this.tell(member.room, this.here(member.room));
  }

  who(fd: number): void {
    const member = this.member(fd);
    this.send(fd, this.here(member.room));
  }

  leave(fd: number): void {
    const member = this.member(fd);
    this.remove(fd);
    this.send(fd, { type: 'left', room: member.room });
  }

  /** Takes out whoever is gone: a member who left, or a connection that closed, in a room or not. */
  remove(fd: number): void {
    const member = this.members.get(fd);
    if (member === undefined) {
      return;
    }
    this.members.delete(fd);
    if (this.fds_in(member.room).length === 0) {
      this.histories.delete(member.room);
      return;
    }
    this.tell(member.room, { type: 'notice', event: 'left', nickname: member.nickname });
    this.tell(member.room, this.here(member.room));
  }

  send(fd: number, message: Outgoing): void {
    this.server.push(fd, JSON.stringify(message));
  }

  private tell(room: string, message: Outgoing): void {
    for (const fd of this.fds_in(room)) {
      this.send(fd, message);
    }
  }

  private here(room: string): Outgoing {
    const nicknames: string[] = [];
    for (const fd of this.fds_in(room)) {
      nicknames.push(this.member(fd).nickname);
    }
    return { type: 'here', room, nicknames };
  }

  private fds_in(room: string): number[] {
    const fds: number[] = [];
    for (const [fd, member] of this.members) {
      if (member.room === room) {
        fds.push(fd);
      }
    }
    return fds;
  }

  private member(fd: number): Member {
    const member = this.members.get(fd);
    if (member === undefined) {
      throw new Refusal('not_joined', 'Join a room first.');
    }
    return member;
  }

  private check_nickname(fd: number, room: string, nickname: string): void {
    for (const other of this.fds_in(room)) {
      if (other !== fd && this.member(other).nickname.toLowerCase() === nickname.toLowerCase()) {
        throw new Refusal('nickname_taken', `Somebody in this room is called "${nickname}" already.`);
      }
    }
  }
}
