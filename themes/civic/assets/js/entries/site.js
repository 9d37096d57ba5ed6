// Every page: the choice of colors, and the search box.
import { KeySwitch } from "../key-switch.js";
import { SchemeSwitch } from "../scheme-switch.js";
import { applyScheme } from "../scheme.js";
import { SearchBox } from "../search-box.js";

applyScheme(document.documentElement);
customElements.define("scheme-switch", SchemeSwitch);
customElements.define("key-switch", KeySwitch);
customElements.define("search-box", SearchBox);
