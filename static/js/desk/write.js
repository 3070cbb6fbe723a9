// The writing page: an editor over the plain form, which stays the truth throughout.

import { form } from "desk/page";
import * as editor from "desk/editor";
import * as findings from "desk/findings";
import * as list from "desk/references-list";
import * as saving from "desk/saving";
import * as tabs from "desk/tabs";

form.classList.add("with-editor");
editor.start();
tabs.start();
list.start();
saving.start();
findings.start();
