/** Takes the data out of server-sent events, however the text is cut into pieces. */
export class SseReader {
  private rest = '';
  private data: string[] = [];

  constructor(private readonly take: (data: string) => void) {}

  read(piece: string): void {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    for (const line of lines) this.line(line);
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data.length > 0) this.take(this.data.join('\n'));
      this.data = [];
    } else if (line.startsWith('data:')) {
      this.data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }
}
