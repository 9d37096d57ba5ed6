"""Given names and surnames that are common in American cities, to tell people's names from those of places and firms."""

from __future__ import annotations

from cityfolio.privacy.words import word_set

GIVEN = word_set("""
    aaron abby abdul abdullah abigail abraham ada adam adrian adriana ahmed aida aidan aiden aisha alan albert alberto alejandra
    alejandro alex alexander alexandra alexis alfonso alfred alfredo alice alicia alison allan allen allison alma alvin alyssa
    amanda amber amelia amina amir amit amy ana anastasia andre andrea andreas andres andrew andy angel angela angelica angelina
    angie anh anil anita ann anna anne annette annie anthony antoine antonio april ariana ariel arlene armando arnold arthur
    arturo ashley asia aubrey audrey aurora austin autumn ava avery barbara barry beatrice becky belinda ben benjamin bernadette
    bernard bernice bertha beth bethany betty beverly bill billie billy blake blanca bob bobby bonnie brad bradley brandi
    brandon brandy brenda brendan brent brett brian briana brianna bridget brittany brooke bruce bryan bryce byron caleb calvin
    camila cameron camille candace candice carl carla carlos carmen carol carole caroline carolyn carrie casey cassandra
    catherine cathy cecilia cecil cedric cesar chad charlene charles charlie charlotte chase chelsea cheryl chester chloe chris
    christian christie christina christine christopher christy cindy claire clara clarence claudia clayton clifford clifton
    clinton clyde cody colin colleen connie connor constance corey cory courtney craig cristina crystal curtis cynthia daisy
    dale damon dan dana daniel daniela danielle danny dariusz darlene darrell darren darryl daryl dave david dawn dean deanna
    debbie deborah debra delores denise dennis derek derrick desiree destiny devin devon dhruv diana diane diego dillon dinh
    dmitri dolores domenic dominic dominique don donald donna dora doreen doris dorothy doug douglas duane dustin dwayne dwight
    dylan earl ebony eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elena eli elias elijah elisa elizabeth
    ella ellen elsie emanuel emilia emily emma enrique eric erica erik erika erin ernest ernesto esmeralda esteban esther ethan
    ethel eugene eva evan evelyn fatima faye felicia felipe felix fernando florence floyd frances francesca francis francisco
    frank franklin fred freddie frederick gabriel gabriela gabrielle gail garrett gary gavin gene genevieve geoffrey george
    georgia gerald geraldine gerardo gerard gianna gilbert gina giovanni giuseppe gladys glen glenda glenn gloria gordon grace
    greg gregory gretchen guadalupe guillermo gustavo guy gwendolyn hailey hannah hans harold harriet harry harvey hassan hayden
    hazel heather hector heidi helen henry herbert herman hilda holly hope howard hugo hung hunter ian ibrahim ida ignacio imran
    ingrid irene iris irma isaac isabel isabella isaiah ivan jack jackie jackson jacob jacqueline jada jaime jake jamal james
    jamie jan jane janet janice jared jasmin jasmine jason javier jay jayden jean jeanette jeanne jeff jeffery jeffrey jenna
    jennifer jenny jeremiah jeremy jermaine jerome jerry jesse jessica jesus jessie jill jim jimmy jo joan joann joanna joanne
    joaquin jocelyn jodi jody joe joel joey johanna john johnathan johnnie johnny jon jonathan jordan jorge jose joseph
    josephine joshua joy joyce juan juana juanita judith judy jules julia julian juliana julie juliet julio june justin kaitlyn
    karen karina karl karla kate katelyn katherine kathleen kathryn kathy katie katrina kayla keisha keith kelley kelly kelsey
    ken kendra kenneth kenya kerry kevin khadija kim kimberly kirk krista kristen kristi kristin kristina kristine kristy
    krystal kurt kyle lamar lance larry lashonda latasha latoya laura lauren laurence laurie lawrence leah lee leigh leilani
    lena leo leon leonard leonardo leroy leslie lester leticia levi lewis liam lila lillian lillie linda lindsay lindsey ling
    linh lisa lloyd logan lois lonnie lora loretta lori lorraine louis louise lucas lucia lucille lucy luis luisa luke lydia
    lynn mabel mackenzie madeline madison mae maggie malik manuel marc marcia marco marcos marcus margaret margarita maria
    mariah mariam mariana marie marilyn mario marion marisol marissa marjorie mark marlene marsha marshall marta martha martin
    marvin mary mason mateo mathew matt matthew mattie maureen maurice max maxine maya megan mehmet mei melanie melinda melissa
    melody melvin mercedes meredith mia micah michael michaela micheal michele michelle miguel mike mildred milton mindy minh
    miranda miriam misty mitchell mohamed mohammad mohammed moises molly monica monique morgan moses muhammad myra myrtle nadia
    nancy naomi natalia natalie natasha nathan nathaniel neil nellie nelson nicholas nichole nick nicolas nicole nikhil nina
    noah noel noelle nora norma norman octavio olga oliver olivia omar opal ora oscar otis owen pablo paige pamela pat patrice
    patricia patrick patsy patty paul paula pauline pearl pedro peggy penny percy perry pete peter philip phillip phyllis pierre
    priscilla priya quentin quinn rachel rafael rahul raj ralph ramon ramona randall randolph randy raquel raul raven ray
    raymond rebecca regina reginald rene renee reuben rex reyna rhonda ricardo richard rick ricky riley rita rob robert roberta
    roberto robin robyn rochelle roderick rodney rodrigo rogelio roger roland rolando roman ron ronald ronnie rosa rosalie
    rosario rose rosemary rosie ross roxanne roy ruben ruby rudy russell ruth ryan sabrina sadie salvador sally sam samantha
    samir samuel sandeep sandra sandy sanjay santiago santos sara sarah saul savannah scott sean sebastian selena serena sergio
    seth shane shannon shari sharon shaun shawn shawna sheila shelby shelia shelley shelly sheri sherri sherry sheryl shirley
    sidney sierra silvia simon sofia sonia sonya sophia sophie stacey stacy stanley stefan stella stephanie stephen steve steven
    stuart sue summer sunil susan susana susie suzanne sydney sylvia tabitha tamara tameka tammy tanisha tanya tara tasha taylor
    ted teresa terence teri terrance terrell terri terry thelma theodore theresa thi thomas tiffany tim timothy tina todd tom
    tomas tommy toni tony tonya tracey traci tracy travis trevor tricia trinity troy tuan tyler tyrone ursula valentina valerie
    van vanessa velma vera vernon veronica vicki vickie vicky victor victoria vijay vincent viola violet virgil virginia vivian
    viviana wade walter wanda warren wayne wei wendy wesley whitney wilbert wilfred willard william willie willis wilma winifred
    xavier ximena yasmin yolanda yesenia yusuf yvette yvonne zachary zahra zoe aliyah amara anika arjun asha caden carter
    chandra chen cole dalia deepak deshawn dion ezekiel farah finn fiona gael grayson ha hoa huong imani ines ivy jabari jaylen
    jorden kai kareem keiko kenji kiara kofi kwame lakisha leila lin luna mai malcolm mariela marquis mattias mina mohan nadine
    naveen nia nguyet noor oksana olena osama parth phuong pooja ravi reza rohan rosalind sana sanchez sasha shanice soren
    svetlana tariq tenzin thanh tremaine trung tyree uma vanesa vladimir wen xiao yan yasmine yuki yuri zainab zhen zion
""")
SURNAMES = word_set("""
    smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas
    taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king
    wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips
    evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper
    peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz
    hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell
    coleman butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds
    griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford castro marshall
    owens harrison fernandez mcdonald woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford
    olson simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner black
    robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver
    ryan gardner payne grant dunn kelley spencer hawkins arnold pierce vazquez hansen peters santos hart bradley knight elliott
    cunningham duncan armstrong hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews
    pena richards contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene nunez
    wheeler valdez harper burke larson santiago maldonado morrison franklin carlson austin dominguez carr lawson jacobs obrien
    lynch singh vega bishop montgomery oliver jensen harvey williamson gilbert dean sims espinoza howell li wong reid hanson le
    mccoy garrett burton fuller wang weber welch rojas lucas marquez fields park yang little banks padilla day walsh bowman
    schultz luna fowler mejia davidson acosta brewer may holland juarez newman pearson curtis cortez douglas schneider joseph
    barrett navarro figueroa keller avila wade molina stanley hopkins campos barnett bates chambers caldwell beck lambert
    miranda byrd craig ayala lowe frazier powers neal leonard gregory carrillo sutton fleming rhodes shelton schwartz norris
    jennings rivas barber barker lucero mcbride patton mccarthy cohen zimmerman pham khan ahmed hussain ali kumar shah huang
    zhang liu wu lin chang choi tanaka yamamoto kaur gill das reddy ivanov kowalski nowak rossi muller oconnor mcgee pratt
    hodges bush hardy blake cannon goodman mullins mcdaniel thornton burgess tate potter hampton newton moss reese love higgins
""")
# What is in the names of firms, bodies and places, and not in those of people.
ORGANIZED = word_set("""
    llc inc incorporated corp corporation co company ltd lp llp pllc pc pa plc na assn association associates assoc society
    trust trustee trustees foundation fund partners partnership holdings group properties property realty rentals rental
    investments investment enterprises enterprise ventures homes housing builders construction contractors contracting services
    service systems solutions supply industries bank church ministries ministry temple mosque synagogue baptist methodist
    presbyterian lutheran catholic school schools university college academy institute center centre hospital clinic medical
    health pharmacy dental dentistry city county state town township village department dept authority commission board bureau
    office district council committee agency government federal municipal public park parks plaza mall square station library
    museum theater theatre stadium arena hall building tower towers apartments apts condos condominium condominiums estates
    villas court manor street st avenue ave road rd drive dr blvd boulevard lane ln way parkway pkwy highway hwy trail creek
    river lake pond bay beach bridge island hill hills heights valley ridge woods forest garden gardens playground field fields
    golf club airport harbor port market shop store restaurant cafe grill bar pizza pizzeria kitchen bakery deli diner tavern
    brewing coffee tea foods food grocery farm farms ranch salon spa barber beauty nails auto automotive motors tire towing
    transport transit transportation trucking logistics express electric electrical plumbing heating cooling mechanical roofing
    painting landscaping lawn cleaners cleaning laundry hotel inn motel suites resort lodge design designs studio studios
    gallery media communications technologies technology tech software consulting consultants engineering engineers architects
    architecture management international national american america usa united global metro metropolitan regional community
    neighborhood neighbors neighbours unit area zone region block north south east west northern southern eastern western upper
    lower new fort mount saint la las los el the of and at on for grant project program plan police fire water sewer storm
    traffic utility utilities power energy gas sons bros brothers daughters family families memorial elementary middle high
    preschool daycare childcare child kids learning league sports fitness gym yoga dance arts art music center's lounge
    nightclub pub wine liquor beer spirits mart supermarket dollar depot warehouse storage self oak maple pine elm cedar ash
    birch cherry apple magnolia willow holly dogwood redbud crape myrtle hornbeam spruce fir hickory other none various multiple
    unknown vacant private owner tenant occupied yes no male female adult
""")
