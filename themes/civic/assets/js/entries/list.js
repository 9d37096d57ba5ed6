// Pages with a list or its search box: narrowing in place.
import { ListFilter } from "../list-filter.js";

customElements.define("list-filter", ListFilter);
