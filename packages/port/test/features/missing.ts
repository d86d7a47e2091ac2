import { echo, silence, toBool, var_dump } from 'swoole-ts-php';

// What is missing: elements, and properties that only a type declares.
class Rooms {
  private rooms: Map<string, Map<number, number>> = new Map();
  log: string[] = [];

  join(room: string, id: number): void {
    if (!this.rooms.has(room)) this.rooms.set(room, new Map());
    this.rooms.get(room)!.set(id, id);
    this.log.push(`${id} joined ${room}`);
  }

  has(room: string): boolean {
    return !!toBool(this.rooms.get(room)!);
  }
}

const rooms = new Rooms();
var_dump(rooms.has('a'));
rooms.join('a', 7);
var_dump(rooms.has('a'), rooms.log);

const names: Map<number, string> = new Map();
for (const [id, name] of new Map<number, string>([
  [3, 'Ann'],
  [5, 'Bob'],
])) {
  names.set(id, name);
}
for (const id of [3, 4, 5]) {
  echo(`left: ${silence(() => names.get(id)!) ?? ''}.`, ` <${names.get(3) ?? ''}>\n`);
}
