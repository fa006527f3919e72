/** What a writer's turn stores: no part of it passes for another turn's. */
export const contentOf = (turn: number): Buffer => Buffer.from(`${turn}\n`.repeat(50_000));
