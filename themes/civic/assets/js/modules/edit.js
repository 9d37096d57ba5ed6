// The pages with forms.
import { EditForm } from "../edit/form.js";

customElements.define("edit-form", EditForm);
