// Every page: the choice of colors, the search box, and lateness by the reader's clock.
import { countOn } from "../freshness-clock.js";
import { KeySwitch } from "../key-switch.js";
import { SchemeSwitch } from "../scheme-switch.js";
import { applyScheme } from "../scheme.js";
import { SearchBox } from "../search-box.js";

applyScheme(document.documentElement);
customElements.define("scheme-switch", SchemeSwitch);
customElements.define("key-switch", KeySwitch);
customElements.define("search-box", SearchBox);
countOn(document, new Date());
