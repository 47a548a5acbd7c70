export function inlineConstants(sources: ReadonlyMap<string, string>): Map<string, string>
