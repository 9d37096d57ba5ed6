// A table or an answer within a page of others.
import { CityEmbed } from "../embed/embed-page.js";

customElements.define("city-embed", CityEmbed);
