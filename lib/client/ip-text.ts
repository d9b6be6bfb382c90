/**
 * An address as pages write it. What is to stand beside each address is added here.
 *
 * @param unknown the reader's word for one that is not known; left out where none is asked for
 */
export const ipText = (ip: string | null, unknown = ""): string => ip ?? unknown;
