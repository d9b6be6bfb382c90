const oldest = [20, 19];

/** What is wrong with this version of Node, as one sentence; undefined when it will do. */
export function nodeVersionFault(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `Node ${oldest.join(".")} or later is needed and this is ${version}: install a newer one from https://nodejs.org.`;
}
