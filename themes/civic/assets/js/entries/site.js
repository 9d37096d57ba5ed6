// Every page: the choice of colors.
import { SchemeSwitch } from "../scheme-switch.js";
import { applyScheme } from "../scheme.js";

applyScheme(document.documentElement);
customElements.define("scheme-switch", SchemeSwitch);
