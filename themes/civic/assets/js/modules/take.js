// What a reader takes along from a table, asked for when it is opened.
export { CityTake as Part } from "../explorer/take/take.js";
