/** The form of one kind of file. The fields are in the page; what is done with them is in `form-editor.js`. */
import { Editor } from "./form-editor.js";

export class EditForm extends HTMLElement {
  connectedCallback() {
    new Editor(this).start();
  }
}
