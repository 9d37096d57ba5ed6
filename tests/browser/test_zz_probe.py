from browser.test_edit import *
def test_probe(form):
    page=form(alone=True)
    names=[f"col_{i}" for i in range(300)]
    import time
    csv=",".join(names)+"\n"+",".join("1" for _ in names)+"\n"
    for _ in range(1):
        t=time.time(); page.evaluate(DROP,["[data-piece=drop]",("a.csv",csv)]); expect(page.locator("[data-piece=proposed]")).to_contain_text("columns of",timeout=60000); print("drop",time.time()-t)
    t=time.time(); fill(page,title="X"); page.evaluate("1"); print("update",time.time()-t)
    t=time.time(); fill(page,title="Xy"); page.evaluate("1"); print("update",time.time()-t)
    print(page.evaluate("document.querySelectorAll('*').length"))
    text=page.locator("[data-piece=text]").text_content()
    t=time.time(); page.locator("[data-piece=opening]").evaluate("(f)=>{f.open=true}"); print("a",time.time()-t)
    t=time.time(); page.locator("#edit-paste").fill(text); print("fill",time.time()-t)
    t=time.time(); page.get_by_role("button", name="Fill in the form").click(); page.evaluate("1"); print("click",time.time()-t)
    t=time.time(); b=page.locator("[data-piece=yes]"); b.click(timeout=60000); page.evaluate("1");print("yes",time.time()-t)
    t=time.time(); b.click(timeout=60000); page.evaluate("1"); print("go", time.time()-t)
    t=time.time(); expect(page.locator("[data-piece=opened]")).to_have_text("You are writing a new file.",timeout=60000); print("end",time.time()-t)
    assert 0
