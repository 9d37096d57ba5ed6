// Conditions in an address, asked for by the worker where there are any.
export { readCondition } from "../explorer/where/condition.js";
