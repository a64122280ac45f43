/** A tool's definition: what it says to the model, and everything else. */
export interface ToolDefinition {
  description: string;
  rest: Record<string, unknown>;
}

/** Reads the JSON of a tool; undefined where it is none, such as one that was cut. */
export function toolOf(text: string): ToolDefinition | undefined {
  let tool: unknown;
  try {
    tool = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof tool !== 'object' || tool === null || Array.isArray(tool)) return undefined;
  const { description, ...rest } = tool as Record<string, unknown>;
  return typeof description === 'string'
    ? { description, rest }
    : { description: '', rest: tool as Record<string, unknown> };
}
