// For pages of others: makes frames as high as what is in them.
import "../embed/embed.js";
