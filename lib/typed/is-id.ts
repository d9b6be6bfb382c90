import { z } from "zod";

const uuid = z.uuid();

/** Whether something typed or sent by anybody can be the id of a row: the database refuses others. */
export const isId = (value: unknown): value is string => uuid.safeParse(value).success;
